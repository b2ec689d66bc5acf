import { readFileSync } from 'node:fs'
import { planOf } from './src/dataset/plan.ts'
import { startTintype, secretOf } from './src/servers/tintype.ts'
import { between, sumOf } from './src/servers/process-tree.ts'
import { runLoad } from './src/load/index.ts'
import { Viewers } from './src/workloads/viewers.ts'
const dir = process.argv[2]!, profDir = process.argv[3]
const m = JSON.parse(readFileSync(`${dir}/dataset.json`, 'utf8'))
const plan = planOf(m.size, m.now)
await using server = await startTintype({ dataDir: dir, env: { CELEBRITY_FOLLOWERS: String(m.size.celebrityFollowers), ...(process.env.EXTRA ? JSON.parse(process.env.EXTRA) : {}) }, nodeArgs: profDir ? ['--cpu-prof', `--cpu-prof-dir=${profDir}`] : [] })
const viewers = new Viewers(plan, await secretOf(dir)).some('ordinary', 30000)
let before = server.usage(), cpu: Record<string, number> = {}
const out = await runLoad({ host: server.host, port: server.port, connections: 16, warmupSeconds: 15, seconds: 10, checkEvery: 100, seed: 'x',
  traffic: [{ name: 'x', weight: 1, order: 'once', expect: { kind: 'bytes' }, asks: viewers.map(v => ({ method: 'GET' as const, path: '/api/v1/feed/home?sort=ranked', token: v.token })) }] },
  { onBegin: () => { before = server.usage() }, onEnd: () => { cpu = between(before, server.usage()) } })
console.log('cold', out.requests, Math.round(out.perSecond), out.latency, out.errors, 'cpu', (sumOf(cpu) / out.requests).toFixed(3), Object.fromEntries(Object.entries(cpu).map(([k, v]) => [k, +(v / out.requests).toFixed(3)])))
