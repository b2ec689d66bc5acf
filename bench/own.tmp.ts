import { runLoad } from './src/load/index.ts'
const o = await runLoad({host:'127.0.0.1',port:7799,connections:16,warmupSeconds:0,seconds:4,checkEvery:1e9,seed:'x',traffic:[{name:'x',weight:1,order:'random',expect:{kind:'bytes'},asks:Array.from({length:500},(_, i)=>({method:'GET' as const,path:'/?u='+i, token:'x'.repeat(250)}))}]})
console.log('own', o.requests, 'cpu us/req', (o.generatorCpuMs*1000).toFixed(1), o.errors)
