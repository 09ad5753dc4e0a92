export default () => <h1>Login</h1>
