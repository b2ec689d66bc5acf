import { useInstance } from '../../../data/member.ts'
import { OpenIdButton } from './OpenIdButton.tsx'

/** Only where the community has such a log-in. */
export function OpenIdSlot({ to }: { to?: string | undefined }) {
  const name = useInstance()?.openid?.name
  return name && <OpenIdButton name={name} to={to} />
}
