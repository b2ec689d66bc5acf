import { Compass, Heart, House, type LucideIcon, Search, SquarePlus } from 'lucide-react'

export interface NavItem {
  to: '/' | '/search' | '/explore' | '/notifications'
  icon: LucideIcon
  label: 'nav.home' | 'nav.search' | 'nav.explore' | 'nav.notifications'
  name: string
}

export const navItems = {
  home: { to: '/', icon: House, label: 'nav.home', name: 'home' },
  search: { to: '/search', icon: Search, label: 'nav.search', name: 'search' },
  explore: { to: '/explore', icon: Compass, label: 'nav.explore', name: 'explore' },
  notifications: { to: '/notifications', icon: Heart, label: 'nav.notifications', name: 'notifications' },
} as const satisfies Record<string, NavItem>

export const createIcon = SquarePlus
