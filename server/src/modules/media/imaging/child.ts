/** The process that decodes pictures. Started by pool.ts. */
import sharp from 'sharp'
import { serveTasks } from '../decoder-child.ts'
import { processPhoto } from './process.ts'

// The sizes of one picture are encoded side by side already; more threads inside each gain nothing on two cores
// (measured: 66 ms with one, 66 ms with two), and operations are never repeated, so a cache only holds memory.
sharp.concurrency(1)
sharp.cache(false)

serveTasks(processPhoto)
