import type { WireEvent, WireView } from '../shared/wire'
import { address, page } from './address'
import { explain } from './guard'
import { send } from './send'
import { storage } from './storage'
import { tag } from './tag'

/** What a record says besides where and when. */
type Rest<R> = Omit<R, 'i' | 't' | 'u'>

/**
 * Sends a record of what happens here and now and hands it back, empty when it is refused.
 *
 * A reason to refuse goes by the name of what is asked: a list of paths on the tag, the visitor's browser, the owner's
 * own storage. The lists come first, so that their places, 0 and 1, are those answers to "is this page on it?" that
 * refuse. Every character of a list stands for itself but `*`, and the id is what makes a repeated record harmless:
 * `crypto.randomUUID` does not exist on http:// pages.
 */
export const record = <R extends WireView | WireEvent>(rest: Rest<R>): R =>
  explain(
    'include exclude globalPrivacyControl footfall_ignore'.split(' ').find(
      (name, place) =>
        navigator[name as 'globalPrivacyControl'] ||
        storage?.[name] === 'true' ||
        (tag[name] &&
          RegExp(
            '//[^/]+(' +
              tag[name]
                .replace(/[^*, ]/g, '[$&]')
                .replace(/\*/g, '.*')
                .replace(/[, ]+/g, '|') +
              ')$',
          ).test(page(address())) === !!place),
    ),
  )
    ? ({} as R)
    : send({ i: (Math.random() * 2e9) | 0, t: Date.now(), u: address(), ...rest } as unknown as R)
