import { readFileSync, readdirSync } from 'node:fs'
import { planOf } from './src/dataset/plan.ts'
import { startTintype, secretOf } from './src/servers/tintype.ts'
import { between, sumOf } from './src/servers/process-tree.ts'
import { runLoad } from './src/load/index.ts'
import { Viewers } from './src/workloads/viewers.ts'
const dir = process.argv[2]!, sort = process.argv[3] ?? 'ranked', conns = Number(process.argv[4] ?? 16), seconds = Number(process.argv[5] ?? 5), n = Number(process.argv[6] ?? 300)
const profDir = process.argv[7]
const m = JSON.parse(readFileSync(`${dir}/dataset.json`, 'utf8'))
const plan = planOf(m.size, m.now)
await using server = await startTintype({ dataDir: dir, env: { CELEBRITY_FOLLOWERS: String(m.size.celebrityFollowers), ...(process.env.CACHE ? {CACHE_ENTRIES: process.env.CACHE} : {}) }, nodeArgs: profDir ? ['--cpu-prof', `--cpu-prof-dir=${profDir}`] : [] })
const viewers = new Viewers(plan, await secretOf(dir)).some((process.env.KIND ?? 'ordinary') as 'ordinary', n)
console.log(viewers.length, 'viewers')
let before = server.usage()
let cpu: Record<string, number> = {}
const out = await runLoad({ host: server.host, port: server.port, connections: conns, warmupSeconds: Number(process.env.WARM ?? 5), seconds, checkEvery: 100, seed: 'x',
  traffic: [{ name: 'home', weight: 1, order: 'random', expect: { kind: 'posts', order: sort === 'ranked' ? 'any' : 'newest', limit: 20 }, asks: viewers.map((v) => ({ method: 'GET' as const, path: `/api/v1/feed/home?sort=${sort}`, token: v.token })) }] },
  { onBegin: () => { before = server.usage() }, onEnd: () => { cpu = between(before, server.usage()) } })
console.log(out)
console.log('cpu ms/req', sumOf(cpu) / out.requests, Object.fromEntries(Object.entries(cpu).map(([k, v]) => [k, +(v / out.requests).toFixed(4)])))
console.log('memory MB', Object.fromEntries(Object.entries(server.usage().memory).map(([k, v]) => [k, Math.round(v / 2 ** 20)])))
