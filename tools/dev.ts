import { spawn } from 'node:child_process'

// `npm run dev`: the server, started again at each change of its code, and beside it the web app from Vite, which
// passes API calls on to the server. Ctrl-C reaches both, as they share the terminal's process group.
const children = [
  spawn(process.execPath, ['--watch-path=server/src', '--watch-path=contract/src', 'server/src/main.ts'], {
    stdio: 'inherit',
    // Vite serves the web app, so that it need not be built at each start.
    env: { LOG_PRETTY: 'true', WEB_DIR: 'web/dist', ...process.env },
  }),
  spawn('npm', ['run', '--silent', 'dev', '-w', 'web'], {
    stdio: 'inherit',
    env: { TINTYPE_API: `http://localhost:${process.env.PORT ?? 3000}`, ...process.env },
  }),
]

for (const child of children) {
  child.on('exit', (code) => {
    for (const other of children) other.kill('SIGTERM')
    process.exitCode ??= code ?? 0
  })
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    for (const child of children) child.kill('SIGTERM')
  })
}
