import { createHasher } from '../upload/hasher.ts'
import { createLanes } from '../upload/lanes.ts'
import { browserNetwork } from '../upload/network.ts'
import { putBytes } from '../upload/put.ts'
import { Uploads } from '../upload/uploads.ts'
import { api } from './client.ts'

/** Requests that carry files at the same time: enough to fill a line, few enough to leave the page its own. */
const LANES = 3

/** All files of this page that are on their way to the server. */
export const uploads = new Uploads({
  client: api,
  put: putBytes,
  network: browserNetwork,
  lanes: createLanes(LANES),
  hash: createHasher(),
})
