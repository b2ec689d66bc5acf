import { Exact, Type } from '../core/schema.ts'

export const Liked = Exact({ liked: Type.Boolean(), likes_count: Type.Integer() })
