import { readFileSync } from 'node:fs'
import { planOf } from './src/dataset/plan.ts'
import { startTintype, secretOf } from './src/servers/tintype.ts'
import { between, sumOf } from './src/servers/process-tree.ts'
import { runLoad } from './src/load/index.ts'
import { Viewers } from './src/workloads/viewers.ts'
import { Targets } from './src/workloads/targets.ts'
const dir = process.argv[2]!, what = process.argv[3]!, seconds = Number(process.argv[4] ?? 6), profDir = process.argv[5]
const m = JSON.parse(readFileSync(`${dir}/dataset.json`, 'utf8'))
const plan = planOf(m.size, m.now)
await using server = await startTintype({ dataDir: dir, env: { CELEBRITY_FOLLOWERS: String(m.size.celebrityFollowers) }, nodeArgs: profDir ? ['--cpu-prof', `--cpu-prof-dir=${profDir}`] : [] })
const viewers = new Viewers(plan, await secretOf(dir)).some('ordinary', 500)
const t = new Targets(plan, viewers, `x${Date.now()}`)
const asks = what === 'follow' ? t.strangers(20000).map(({viewer, username}) => ({ method: 'POST' as const, path: `/api/v1/users/${username}/follow`, token: viewer.token }))
 : t.some(60000).map(({ viewer, post_id }) => what === 'like' ? { method: 'POST' as const, path: `/api/v1/posts/${post_id}/like`, token: viewer.token } : what === 'comment' ? { method: 'POST' as const, path: `/api/v1/posts/${post_id}/comments`, token: viewer.token, body: { text: 'What a light.' } } : { method: 'GET' as const, path: '/api/v1/feed/explore', token: viewer.token })
let before = server.usage(), cpu: Record<string, number> = {}
const out = await runLoad({ host: server.host, port: server.port, connections: 16, warmupSeconds: 4, seconds, checkEvery: 100, seed: 'x',
  traffic: [{ name: what, weight: 1, order: 'once', expect: { kind: 'bytes' }, asks }] },
  { onBegin: () => { before = server.usage() }, onEnd: () => { cpu = between(before, server.usage()) } })
console.log(what, Math.round(out.perSecond), out.latency, out.errors, 'cpu', (sumOf(cpu) / out.requests).toFixed(3), Object.fromEntries(Object.entries(cpu).map(([k, v]) => [k, +(v / out.requests).toFixed(3)])))
