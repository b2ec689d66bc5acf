import type { Circle, Member } from '../script.ts'
import { cities } from './cities.ts'
import { darkroom } from './darkroom.ts'
import { hills } from './hills.ts'
import { sky } from './sky.ts'
import { tables } from './tables.ts'
import { water } from './water.ts'
import { wild } from './wild.ts'

/** Members who share an interest follow each other first. The first member of the first circle owns the place. */
export const circles: readonly Circle[] = [darkroom, hills, water, cities, tables, wild, sky]
export const members: readonly Member[] = circles.flat()
