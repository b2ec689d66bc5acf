import { readFileSync, statSync } from 'node:fs'
import postgres from 'postgres'
import { connectionOptions } from '@tintype/server/engines/db/url'
import { planOf } from './src/dataset/plan.ts'
import { startTintype, secretOf } from './src/servers/tintype.ts'
import { databaseUrlOf } from './src/servers/database.ts'
import { Viewers } from './src/workloads/viewers.ts'
const dir = process.argv[2]!, sort = process.argv[3] ?? 'ranked', n = 30
const m = JSON.parse(readFileSync(`${dir}/dataset.json`, 'utf8'))
const plan = planOf(m.size, m.now)
{
  await using s = await startTintype({ dataDir: dir }); const sql = postgres({ ...connectionOptions(await databaseUrlOf(dir)), max: 1 })
  await sql`alter database tintype set log_min_duration_statement = 0`; await sql.end()
}
const log = `${dir}/postgres.log`
let from = 0, text = ''
try {
  await using server = await startTintype({ dataDir: dir, env: { CELEBRITY_FOLLOWERS: String(m.size.celebrityFollowers), ...(process.env.CACHE ? {CACHE_ENTRIES: process.env.CACHE} : {}) } })
  const viewers = new Viewers(plan, await secretOf(dir)).some((process.env.KIND ?? 'ordinary') as 'ordinary', 200)
  const get = async (v: typeof viewers[0]) => { const r = await fetch(`http://127.0.0.1:${server.port}${(process.env.URL_PATH ?? '/api/v1/feed/home')}?sort=${sort}`, { headers: { authorization: `Bearer ${v.token}` } }); if (!r.ok) throw new Error(await r.text()) ; await r.arrayBuffer() }
  for (const v of viewers.slice(0, 100)) await get(v)
  from = statSync(log).size
  for (const v of viewers.slice(100, 100 + n)) await get(v)
  await new Promise(r => setTimeout(r, 300))
  text = readFileSync(log).subarray(from).toString()
} finally {
  await using s = await startTintype({ dataDir: dir }); const sql = postgres({ ...connectionOptions(await databaseUrlOf(dir)), max: 1 })
  await sql`alter database tintype reset log_min_duration_statement`; await sql.end()
}
const by = new Map<string, { n: number; ms: number; parse: number }>()
for (const e of text.split(/\n(?=\d{4}-)/)) {
  const k = /duration: ([\d.]+) ms\s+(execute|parse|bind|statement)[^:]*: ([\s\S]*?)(\n\d{4}-|$)/.exec(e); if (!k) continue
  const q = k[3]!.replace(/\s+/g, ' ').replace(/DETAIL.*/, '').slice(0, 150); const o = by.get(q) ?? { n: 0, ms: 0, parse: 0 }; by.set(q, o)
  o.ms += Number(k[1]); if (k[2] === 'execute' || k[2] === 'statement') o.n++; if (k[2] === 'parse') o.parse++
}
for (const [q, o] of [...by].sort((a, b) => b[1].ms - a[1].ms)) if (o.n >= n / 5) console.log(`${(o.n / n).toFixed(2)} x  ${(o.ms / o.n).toFixed(2)} ms parse ${(o.parse/n).toFixed(2)}  ${q}`)
