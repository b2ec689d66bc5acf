import { useStored, writeStored } from '../../data/storage.ts'
import { t } from '../../kit/messages.ts'
import { setTheme, useTheme } from '../../shell/theme.ts'
import styles from '../../things/account/Sections.module.css'
import { Segmented } from '../../ui/Segmented.tsx'
import { Switch } from '../../ui/Switch.tsx'

const themes = [
  { value: 'system', label: t('appearance.system') },
  { value: 'light', label: t('appearance.light') },
  { value: 'dark', label: t('appearance.dark') },
] as const

export function AppearanceSection() {
  const theme = useTheme()
  const keys = useStored('tintype.keys') !== 'off'
  const handleKeys = (on: boolean) => writeStored('tintype.keys', on ? null : 'off')
  return (
    <div className={styles.form}>
      <div className={styles.choice}>
        <p className={styles.legend} aria-hidden="true">
          {t('appearance.theme')}
        </p>
        <Segmented label={t('appearance.theme')} value={theme} options={themes} onChange={setTheme} />
        <p className={styles.note}>{t('appearance.hint')}</p>
      </div>
      <Switch
        label={t('appearance.keys')}
        hint={t('appearance.keysHint')}
        checked={keys}
        onChange={handleKeys}
      />
    </div>
  )
}
