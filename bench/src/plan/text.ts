import { type Assumptions, assumptions, defaults, flagOf, PRICES_OF } from './assumptions.ts'
import type { Plan } from './model.ts'
import type { Lag, Outage } from './simulation.ts'

const powers = ['', ' k', ' M', ' G', ' T', ' P', ' E']

/** 1 234 567 -> `1.2 M`. */
export function short(value: number): string {
  if (value < 1000) return value >= 100 || Number.isInteger(value) ? value.toFixed(0) : value.toFixed(1)
  const power = Math.min(powers.length - 1, Math.floor(Math.log10(value) / 3))
  return `${(value / 1000 ** power).toFixed(1)}${powers[power]}`
}

export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
  return rows.map(line).join('\n')
}

export interface Outlook {
  plan: Plan
  lag: Lag
  outages: Outage[]
}

export function describe(a: Assumptions, { plan, lag, outages }: Outlook): string {
  const { rates, bandwidth } = plan
  const bytes = (value: number) => `${short(value)}B`
  const bits = (value: number) => `${short(value)}bit/s`
  return [
    `Tintype for ${short(a.dau)} members a day`,
    table([
      ['a second', 'mean', 'peak'],
      ...Object.entries(rates).map(([name, rate]) => [
        flagOf(name).slice(2),
        short(rate),
        short(rate * a.peakFactor),
      ]),
    ]),
    table([
      ['machines', 'number', 'cores busy at the peak', 'memory'],
      ...plan.roles.map((role) => [
        role.role,
        short(role.machines),
        short(role.cores),
        bytes(role.memoryBytes),
      ]),
      ['together', short(plan.machines), '', ''],
    ]),
    table([
      ['storage, all copies', 'bytes', ''],
      ...plan.storage.map(({ kind, bytes: size, kept }) => [kind, bytes(size), kept ? 'at once' : 'a year']),
    ]),
    table([
      ['at the peak', ''],
      ['from the CDN', bits(bandwidth.fromCdn)],
      ['from the origin', bits(bandwidth.fromOrigin)],
      ['pages', bits(bandwidth.api)],
      ['uploads', bits(bandwidth.uploads)],
      ['between regions', bits(bandwidth.betweenRegions)],
      ['open sockets', short(plan.sockets)],
      ['cache', bytes(plan.cacheBytes)],
      ['partitions of the event log', short(plan.eventPartitions)],
      ['shards of the database', short(plan.databaseShards)],
    ]),
    table([
      ['fan-out, a core as busy as meant', 'seconds'],
      ...(['p50', 'p95', 'p99', 'most'] as const).map((name) => [name, lag[name].toFixed(2)]),
    ]),
    tableOfOutages(outages),
    tableOfMoney(a, plan.money),
  ].join('\n\n')
}

const tableOfOutages = (outages: Outage[]): string =>
  table([
    ['lost at the peak', 'requests lost', 'of all', 'seconds', 'others busy'],
    ...outages.map((each) => [
      each.what,
      short(each.lost),
      `${(each.lostShare * 100).toFixed(2)} %`,
      short(each.seconds),
      `${(each.busyAfter * 100).toFixed(0)} %`,
    ]),
  ])

function tableOfMoney(a: Assumptions, money: Plan['money']): string {
  const total = money.reduce((sum, { month }) => sum + month, 0)
  return table([
    [`money a month after a year (prices of ${PRICES_OF})`, '$'],
    ...money.map(({ part, month }) => [part, short(month)]),
    ['together', short(total)],
    ['a member of a day', a.dau > 0 ? (total / a.dau).toFixed(3) : '-'],
  ])
}

export const help = (): string =>
  [
    'npm run plan -- --dau 500e6 [--json]   machines, storage, bandwidth and money; what is assumed can be set:',
    ...Object.entries(assumptions).map(
      ([name, { says }]) =>
        `  ${flagOf(name).padEnd(26)} ${short(defaults[name as keyof Assumptions]).padStart(8)}  ${says}`,
    ),
  ].join('\n')
