import { readdirSync, readFileSync } from 'node:fs'

/** CPU time of a process and all below it that it has waited for, in clock ticks of 10 ms. */
interface Stat {
  pid: number
  parent: number
  ticks: number
  name: string
}

export interface Usage {
  /** Milliseconds of CPU since its start, by role of the process. */
  cpuMs: Record<string, number>
  /** Resident bytes without what is shared, by role. */
  memory: Record<string, number>
}

/** A process and all that come of it, summed by what they are. Linux only: elsewhere nothing is known. */
export function usageOf(pid: number): Usage {
  const usage: Usage = { cpuMs: {}, memory: {} }
  for (const stat of treeOf(pid)) {
    usage.cpuMs[stat.name] = (usage.cpuMs[stat.name] ?? 0) + stat.ticks * 10
    usage.memory[stat.name] = (usage.memory[stat.name] ?? 0) + memoryOf(stat.pid)
  }
  return usage
}

/** What was used from one look to the next. */
export function between(before: Usage, after: Usage): Record<string, number> {
  const entries = Object.entries(after.cpuMs).map(([name, ms]) => [name, ms - (before.cpuMs[name] ?? 0)])
  return Object.fromEntries(entries) as Record<string, number>
}

export const sumOf = (parts: Record<string, number>): number =>
  Object.values(parts).reduce((sum, part) => sum + part, 0)

function treeOf(root: number): Stat[] {
  const all = allProcesses()
  const found = all.filter((stat) => stat.pid === root)
  for (const parent of found) found.push(...all.filter((stat) => stat.parent === parent.pid))
  return found.map((stat) => (stat.pid === root ? { ...stat, name: 'node' } : stat))
}

function allProcesses(): Stat[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => statOf(Number(name)))
  } catch {
    return []
  }
}

function statOf(pid: number): Stat[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold anything, so the fields are counted from its end.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [parent, ...times] = [1, 11, 12, 13, 14].map((index) => Number(fields[index]))
    const ticks = times.reduce((sum, time) => sum + time, 0)
    return [{ pid, parent: parent ?? 0, ticks, name: roleOf(pid) }]
  } catch {
    return []
  }
}

function roleOf(pid: number): string {
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  if (/imaging/.test(command)) return 'imaging'
  if (!/postgres/.test(command)) return 'node, other'
  return /^postgres: .* (tintype|bench) /.test(command) ? 'postgres' : 'postgres, background'
}

/** Unique and proportional share, so that PostgreSQL's shared buffers are counted once. */
function memoryOf(pid: number): number {
  try {
    const kilobytes = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]
    return Number(kilobytes ?? 0) * 1024
  } catch {
    return 0
  }
}
