export default () => <h1>The mug</h1>
