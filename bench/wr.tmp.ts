import { spawn } from 'node:child_process'
import { runLoad } from './src/load/index.ts'
import { usageOf, between, sumOf } from './src/servers/process-tree.ts'
import { setTimeout as p } from 'node:timers/promises'
const res: Record<string, number[]> = {}
for (let i=0;i<4;i++) for (const mode of ['string','ringlatin','ringset','ringutf8']) {
 const c = spawn(process.execPath, ['/tmp/wr.ts', mode], {stdio:'inherit'}); await p(1200)
 let b = usageOf(c.pid!), cpu = {}
 const o = await runLoad({host:'127.0.0.1',port:7799,connections:16,warmupSeconds:0.7,seconds:1.5,checkEvery:1e9,seed:'x',traffic:[{name:'x',weight:1,order:'random',expect:{kind:'bytes'},asks:[{method:'GET',path:'/'}]}]},{onBegin(){b=usageOf(c.pid!)},onEnd(){cpu=between(b,usageOf(c.pid!))}})
 ;(res[mode]??=[]).push(+(sumOf(cpu)/o.requests).toFixed(4))
 c.kill(); await p(100)
}
for (const [m,v] of Object.entries(res)) console.log(m, Math.min(...v), v.join(' '))
