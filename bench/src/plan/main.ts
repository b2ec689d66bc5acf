import { parseFlags } from './assumptions.ts'
import { plan } from './model.ts'
import { faults, simulateFanOut, simulateFault } from './simulation.ts'
import { describe, help } from './text.ts'
import { unitCosts } from './unit-costs.ts'

try {
  const { values, json, help: wantsHelp } = parseFlags(process.argv.slice(2))
  if (wantsHelp) console.log(help())
  else {
    const made = plan(unitCosts, values)
    const lag = simulateFanOut(made, unitCosts, values)
    const outages = faults(made, values).map((fault) => simulateFault(made, values, fault))
    const outlook = { plan: made, lag, outages }
    console.log(
      json
        ? JSON.stringify({ assumptions: values, unitCosts, ...outlook }, undefined, 2)
        : describe(values, outlook),
    )
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
