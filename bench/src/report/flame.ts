/** A profile as V8 writes it (`--cpu-prof`); times in microseconds. */
export interface CpuProfile {
  nodes: { id: number; callFrame: { functionName: string; url: string }; children?: number[] }[]
  startTime: number
  endTime: number
  samples: number[]
  timeDeltas: number[]
}

interface Flame {
  name: string
  total: number
  below: Map<string, Flame>
}

/** Parts that are smaller than this are left out. */
const LEAST = 0.02
/** Of V8, which does not belong to the work. */
const RESTING = new Set(['(idle)', '(root)', '(program)'])

/**
 * Where a process spent its time in the `last` microseconds of its profile, as text: a flame graph lying on its side,
 * every line with its share, and before it the shares of modules and libraries.
 */
export function flameText(profile: CpuProfile, last: number): string {
  const selves = selfTimes(profile, profile.endTime - last)
  const places = new Map<string, number>()
  for (const { id, callFrame } of profile.nodes) {
    const place = placeOf(callFrame)
    const self = selves.get(id) ?? 0
    if (!RESTING.has(callFrame.functionName)) places.set(place, (places.get(place) ?? 0) + self)
  }
  const whole = [...places.values()].reduce((sum, time) => sum + time, 0)
  const share = (time: number) => `${((100 * time) / whole).toFixed(1).padStart(5)} %`
  const shown = [...places].filter(([, time]) => time >= LEAST * whole).sort((a, b) => b[1] - a[1])
  const lines = shown.map(([place, time]) => `${share(time)}  ${place}`)
  const draw = (flames: Iterable<Flame>, depth: number): string[] =>
    [...flames]
      .filter(({ total }) => total >= LEAST * whole)
      .sort((a, b) => b.total - a.total)
      .flatMap(({ name, total, below }) => [
        `${share(total)}  ${'  '.repeat(depth)}${name}`,
        ...draw(below.values(), depth + 1),
      ])
  return [...lines, '', ...draw(flamesOf(profile, selves).values(), 0)].join('\n')
}

function selfTimes({ samples, timeDeltas, startTime }: CpuProfile, from: number) {
  const selves = new Map<number, number>()
  let at = startTime
  for (const [i, id] of samples.entries()) {
    const delta = timeDeltas[i] ?? 0
    at += delta
    if (at > from) selves.set(id, (selves.get(id) ?? 0) + delta)
  }
  return selves
}

/** The same function called from the same place is one, wherever V8 counted it. */
function flamesOf({ nodes }: CpuProfile, selves: ReadonlyMap<number, number>): Map<string, Flame> {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const add = (ids: readonly number[], flames: Map<string, Flame>): number => {
    let sum = 0
    for (const id of ids) {
      const node = byId.get(id)
      if (!node || RESTING.has(node.callFrame.functionName)) continue
      const { functionName } = node.callFrame
      const name = `${functionName || '(anonymous)'}  ${placeOf(node.callFrame)}`
      const flame = flames.get(name) ?? { name, total: 0, below: new Map() }
      flames.set(name, flame)
      const total = (selves.get(id) ?? 0) + add(node.children ?? [], flame.below)
      flame.total += total
      sum += total
    }
    return sum
  }
  const flames = new Map<string, Flame>()
  add(nodes.find(({ callFrame }) => callFrame.functionName === '(root)')?.children ?? [], flames)
  return flames
}

/** A module of ours, a library, a part of Node.js, or what has no source: V8 and the system. */
function placeOf({ functionName, url }: { functionName: string; url: string }): string {
  if (url === '') return functionName.startsWith('(') ? functionName : 'native'
  if (url.startsWith('node:')) return `node ${url.slice('node:'.length).split('/').at(-1)}`
  const library = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1]
  return library ?? url.replace(/^.*\/server\/src\//, '').replace(/\/[^/]*$/, '')
}
