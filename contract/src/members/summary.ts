import type { UserSummary } from './schemas.ts'

/** Of one of whom more is known. */
export const summaryOf = ({
  user_id,
  username,
  full_name,
  profile_picture,
  is_private,
  is_verified,
}: UserSummary): UserSummary => ({ user_id, username, full_name, profile_picture, is_private, is_verified })
