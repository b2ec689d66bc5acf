/** Where OpenSearch is and what is kept there. */
export interface OpenSearchSettings {
  /** Addresses of nodes; none: the index is in PostgreSQL. */
  nodes: string[]
  /** What the names of indices begin with: one OpenSearch may serve several communities. */
  prefix: string
  /** Parts of an index that is made from now on. */
  shards: number
}
