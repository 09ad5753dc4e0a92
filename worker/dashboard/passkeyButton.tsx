import type { FC } from 'hono/jsx'

/**
 * A button that creates or uses a passkey, hidden until its script runs.
 * @param path where the browser gets the options and sends its answer
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
