import type { Group, Member } from '../script.ts'
import { cities } from './cities.ts'
import { darkroom } from './darkroom.ts'
import { hills } from './hills.ts'
import { sky } from './sky.ts'
import { tables } from './tables.ts'
import { water } from './water.ts'
import { wild } from './wild.ts'

/** Members who share an interest follow each other first. The first member of the first group owns the place. */
export const groups: readonly Group[] = [darkroom, hills, water, cities, tables, wild, sky]
export const members: readonly Member[] = groups.flat()
