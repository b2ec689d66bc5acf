import { readFile } from 'node:fs/promises'

/** Of memory, in Linux's table. */
const PAGE_BYTES = 4096

/** What a process holds in memory; 0 where the system does not tell (Linux does: proc(5), `statm`), or it has ended. */
export async function residentBytes(pid: number | undefined): Promise<number> {
  const statm = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '')
  return Number(statm.split(' ')[1] ?? 0) * PAGE_BYTES
}
