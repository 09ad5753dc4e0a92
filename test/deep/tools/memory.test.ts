import { expect, onTestFinished, test } from 'vitest'
import { processTree } from '../../processTree'
import { startServerProcess } from '../../serverProcess'
import { temporaryFolder } from '../../tools/folder'

/** Megabytes of the whole process tree, idle. docs/self-hosting.md promises it. */
const MOST = 250

test('a server that has served pages and then is idle takes less memory than promised', async () => {
  const { pid, url, stop } = await startServerProcess({ DATA_DIR: await temporaryFolder() })
  onTestFinished(stop)
  for (let n = 0; n < 200; n++)
    for (const path of ['', 'demo/', 's.js', 'health']) await (await fetch(`${url}/${path}`)).text()
  const tree = processTree(pid)
  const sum = tree.reduce((total, { megabytes }) => total + megabytes, 0)
  console.log(JSON.stringify({ megabytes: Math.round(sum), tree }))
  expect(tree.map(({ program }) => program)).toEqual(['node', 'workerd'])
  expect(sum).toBeLessThan(MOST)
})
