import type { Instance } from '@tintype/contract'

export interface Place {
  name: string
  description: string
  registration: Instance['registration']
}
