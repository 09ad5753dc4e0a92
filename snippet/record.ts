import type { WireEvent, WireView } from '../shared/wire'
import { address, page } from './address'
import { explain, guard } from './guard'
import { send } from './send'
import { tag } from './tag'

/** A record without the parts that every record has. */
type Rest<R> = Omit<R, 'i' | 't' | 'u'>

/**
 * Sends a record and returns it, empty when it must not be recorded.
 *
 * The reason is the name of what forbids it: `include` or `exclude` on the tag, a program that drives the browser, or the
 * owner's own storage. The two lists come first, so that their index, 0 or 1, is the result of "is this page on the list?"
 * that forbids it. In a list, every character but `*` is literal. The id makes a repeated record harmless. It is not a
 * `crypto.randomUUID`, which does not exist on http:// pages.
 */
export const record = <R extends WireView | WireEvent>(rest: Rest<R>): R =>
  explain(
    'include exclude webdriver footfall_ignore'
      .split(' ')
      .find(
        (name, place) =>
          navigator[name as 'webdriver'] ||
          guard(() => localStorage[name])() === 'true' ||
          (tag[name] &&
            RegExp(
              '//[^/]+(' +
                (tag[name].match(/[^\s,]+/g) as string[]).join('|').replace(/[^*|]/g, '[$&]').replace(/\*/g, '.*') +
                ')/?$',
            ).test(page(address())) === !!place),
      ),
  )
    ? ({} as R)
    : send({ i: (Math.random() * 2e9) | 0, t: Date.now(), u: address(), ...rest } as unknown as R)
