import { startSystem } from '@tintype/testkit'
import { searchSuite } from './search.suite.ts'

searchSuite('PostgreSQL', () => startSystem())
