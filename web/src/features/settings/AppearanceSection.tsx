import { useStored, writeStored } from '../../data/storage.ts'
import { setTheme, useTheme } from '../../shell/theme.ts'
import styles from '../../things/account/Sections.module.css'
import { Segmented } from '../../ui/Segmented.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { t as words } from './section-messages.ts'

const themes = [
  { value: 'system', label: words('appearance.system') },
  { value: 'light', label: words('appearance.light') },
  { value: 'dark', label: words('appearance.dark') },
] as const

export function AppearanceSection() {
  const theme = useTheme()
  const keys = useStored('tintype.keys') !== 'off'
  const handleKeys = (on: boolean) => writeStored('tintype.keys', on ? null : 'off')
  return (
    <div className={styles.form}>
      <div className={styles.choice}>
        <p className={styles.legend} aria-hidden="true">
          {words('appearance.theme')}
        </p>
        <Segmented label={words('appearance.theme')} value={theme} options={themes} onChange={setTheme} />
        <p className={styles.note}>{words('appearance.hint')}</p>
      </div>
      <Switch
        label={words('appearance.keys')}
        hint={words('appearance.keysHint')}
        checked={keys}
        onChange={handleKeys}
      />
    </div>
  )
}
