import { useParams } from '@tanstack/react-router'
import { NotFoundScreen } from '../../shell/NotFoundScreen.tsx'
import { ConsentScreen } from './ConsentScreen.tsx'
import { DeviceScreen } from './DeviceScreen.tsx'

const pages: Readonly<Record<string, typeof ConsentScreen>> = {
  consent: ConsentScreen,
  activate: DeviceScreen,
}

export default function OauthScreen() {
  const { page } = useParams({ from: '/oauth/$page' })
  const Page = pages[page] ?? NotFoundScreen
  return <Page />
}
