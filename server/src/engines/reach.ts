/** Who can share what an adapter holds: one server (with its WORKERS), all servers of a machine, or any server anywhere. */
export type Reach = 'server' | 'machine' | 'cluster'

export interface EngineReach {
  reach: Reach
  /** As a sentence names it. */
  adapter: string
  /** What to do to reach further, as the end of a sentence. */
  further?: string
}
