import { spawn } from 'node:child_process'

export interface Step {
  name: string
  /** Program and arguments, found on the PATH that npm sets for scripts. */
  run: readonly [string, ...string[]]
}

export interface Outcome {
  name: string
  ok: boolean
  seconds: number
  output: string
}

/** Runs a program to its end; with `show`, its output goes to the terminal as it comes instead of into the outcome. */
export function runStep({ name, run }: Step, { show = false, env = {} } = {}): Promise<Outcome> {
  const started = performance.now()
  const [program, ...args] = run
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    })
    let output = ''
    const collect = (chunk: Buffer) => {
      output += chunk
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    const finish = (ok: boolean) =>
      resolve({ name, ok, seconds: (performance.now() - started) / 1000, output })
    child.on('error', (error) => {
      output += error.message
      finish(false)
    })
    child.on('close', (code, signal) => {
      if (signal) output += `ended by ${signal}`
      finish(code === 0)
    })
  })
}

/** Runs steps, `lanes` at a time (type checks and linters are mostly one core each), and tells of each as it ends. */
export async function runAll(steps: readonly Step[], lanes = 2): Promise<Outcome[]> {
  const waiting = [...steps]
  const outcomes: Outcome[] = []
  const lane = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const outcome = await runStep(step)
      outcomes.push(outcome)
      tell(outcome)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return outcomes
}

function tell({ name, ok, seconds, output }: Outcome): void {
  console.log(`${ok ? '✓' : '✗'} ${name} (${seconds.toFixed(1)} s)`)
  if (!ok) console.log(output.trimEnd())
}
