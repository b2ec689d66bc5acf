import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Edges } from './plan.ts'

/**
 * A public graph as follows: a line `u v` says that u follows v; `#` begins a comment. Nodes are numbered by how many follow them, as
 * the plan's own members are; what goes beyond `members` of them is left out.
 */
export async function readEdges(file: string, members: number): Promise<Edges> {
  const from: number[] = []
  const to: number[] = []
  const seen = new Set<string>()
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const [u, v] = line
      .trim()
      .split(/[\s,]+/)
      .map(Number)
    if (line.startsWith('#') || u === undefined || v === undefined || Number.isNaN(u + v)) continue
    const pair = `${u} ${v}`
    if (u === v || seen.has(pair)) continue
    seen.add(pair)
    from.push(u)
    to.push(v)
  }
  const followers = new Map<number, number>()
  for (const node of from) followers.set(node, 0)
  for (const node of to) followers.set(node, (followers.get(node) ?? 0) + 1)
  const ranked = [...followers].sort((a, b) => b[1] - a[1] || a[0] - b[0])
  const numbers = new Map(ranked.map(([node], rank) => [node, rank]))
  const kept = [...from.keys()].filter((i) =>
    [from[i], to[i]].every((node) => numberOf(numbers, node) < members),
  )
  return {
    from: Uint32Array.from(kept, (i) => numberOf(numbers, from[i])),
    to: Uint32Array.from(kept, (i) => numberOf(numbers, to[i])),
  }
}

const numberOf = (numbers: Map<number, number>, node: number | undefined): number =>
  numbers.get(node as number) ?? Number.POSITIVE_INFINITY
