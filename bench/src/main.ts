import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { compareWays } from './compare.ts'
import { ensureDataset } from './dataset/build.ts'
import { readEdges } from './dataset/edge-list.ts'
import { planOf } from './dataset/plan.ts'
import { workingCopy } from './dataset/working-copy.ts'
import { Figures } from './figures.ts'
import { help, type Options, parseOptions } from './options.ts'
import { aimsTable } from './report/aims.ts'
import { machine } from './report/machine.ts'
import { tablesOf } from './report/table.ts'
import { endAll, endOnSignals, isInterrupted } from './servers/ending.ts'
import { Stage } from './stage.ts'
import { workloads } from './workloads/index.ts'

const tell = (line: string) => console.error(line)
const options = parseOptions(process.argv.slice(2))
if (options === 'help') console.log(help)
else {
  endOnSignals()
  try {
    process.exitCode = await (options.compare ? compare(options) : bench(options))
  } catch (error) {
    // Whatever a signal broke off has nothing more to say.
    if (!isInterrupted()) throw error
  } finally {
    await endAll()
  }
}

async function compare({ dataDir }: Options): Promise<number> {
  return (await compareWays(dirname(dataDir), tell)) > 0 ? 1 : 0
}

async function bench(options: Options): Promise<number> {
  const host = machine(options.checkout)
  const edges = options.edges === undefined ? undefined : await readEdges(options.edges, options.size.members)
  const manifest = await ensureDataset(options.dataDir, options.size, {
    edges,
    rebuild: options.rebuild,
    tell,
  })
  const plan = planOf(manifest.size, manifest.now, edges)
  const figures = new Figures()
  const broken: string[] = []
  const dataDir = await workingCopy(options.dataDir, manifest.bytes)
  {
    await using stage = await Stage.open({ options: { ...options, dataDir }, plan, manifest, figures, tell })
    for (const name of options.workloads) {
      tell(`${name}:`)
      // One that breaks off takes nothing away from what the others found.
      await workloads[name](stage).catch((error: unknown) => {
        if (isInterrupted()) throw error
        broken.push(name)
        console.error(error)
      })
    }
  }
  const { size, runs, seconds } = options
  console.log(
    `Tintype ${host.commit.slice(0, 7)}${host.changed ? ' with changes' : ''}, size ${size.name}, ${runs} × ${seconds} s, ${host.cores} × ${host.cpu}, Node ${host.node}, load before ${host.loadBefore?.toFixed(1)}\n`,
  )
  console.log(`${tablesOf(figures)}\n`)
  if (!options.quick) console.log(`### aims\n\n${aimsTable(figures)}\n`)
  await save(options, { machine: host, manifest, figures: figures.all })
  for (const name of broken) console.log(`broke off: ${name}`)
  return broken.length > 0 ? 1 : tellFaults(figures)
}

/** Wrong answers fail the run; refused and broken ones are told (a server may say that it has too much to do). */
function tellFaults(figures: Figures): number {
  const lines = (kind: 'wrong' | 'errors') =>
    figures.all.flatMap((figure) =>
      Object.entries(figure[kind]).map(([what, count]) => `${kind}: ${figure.name}: ${what} (${count})`),
    )
  for (const line of [...lines('wrong'), ...lines('errors')]) console.log(line)
  return lines('wrong').length > 0 ? 1 : 0
}

async function save({ size, quick, resultsDir: dir }: Options, result: object): Promise<void> {
  await mkdir(dir, { recursive: true })
  const at = new Date().toISOString().slice(0, 16).replace(/[-:]/g, '')
  const file = join(dir, `${at}-${size.name}${quick ? '-quick' : ''}.json`)
  await writeFile(file, `${JSON.stringify(result, null, 2)}\n`)
  console.log(`Kept in ${file}`)
}
