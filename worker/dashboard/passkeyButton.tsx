import type { FC } from 'hono/jsx'

/**
 * A button that makes or uses a passkey. Its script shows it where the browser can.
 * @param path where the browser gets its options and sends the answer
 * @param to where to go when signed in
 */
export const PasskeyButton: FC<{ act: 'create' | 'get'; path: string; to: string; text: string }> = props => (
  <div data-passkey={props.act} data-path={props.path} data-to={props.to}>
    <button type="button" hidden>
      {props.text}
    </button>
    <p class="wrong" aria-live="assertive" data-problem />
  </div>
)
