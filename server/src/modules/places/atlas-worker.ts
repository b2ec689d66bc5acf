import { parentPort } from 'node:worker_threads'
import type { AtlasAnswer, AtlasQuestion } from './atlas.ts'
import { World } from './place-map.ts'
import { readTowns, type Towns } from './towns.ts'

// Each is read when it is first asked for, and kept as long as the thread lives.
let world: World | undefined
let towns: Towns | undefined

parentPort?.on('message', ({ id, ...question }: AtlasQuestion) => {
  if ('position' in question) {
    world ??= new World()
    answer({ id, found: world.draw(question.position) })
  } else {
    towns ??= readTowns()
    answer({ id, found: towns.like(question.q, question.limit) })
  }
})

const answer = (reply: AtlasAnswer) => parentPort?.postMessage(reply)
