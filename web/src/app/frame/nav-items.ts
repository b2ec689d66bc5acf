import { Clapperboard, Compass, Heart, House, type LucideIcon, Search, Send, SquarePlus } from 'lucide-react'

export interface NavItem {
  to: '/' | '/search' | '/explore' | '/reels' | '/direct/inbox' | '/notifications'
  icon: LucideIcon
  label: 'nav.home' | 'nav.search' | 'nav.explore' | 'nav.reels' | 'nav.messages' | 'nav.notifications'
  name: string
}

export const navItems = {
  home: { to: '/', icon: House, label: 'nav.home', name: 'home' },
  search: { to: '/search', icon: Search, label: 'nav.search', name: 'search' },
  explore: { to: '/explore', icon: Compass, label: 'nav.explore', name: 'explore' },
  reels: { to: '/reels', icon: Clapperboard, label: 'nav.reels', name: 'reels' },
  messages: { to: '/direct/inbox', icon: Send, label: 'nav.messages', name: 'messages' },
  notifications: { to: '/notifications', icon: Heart, label: 'nav.notifications', name: 'notifications' },
} as const satisfies Record<string, NavItem>

export const createIcon = SquarePlus
