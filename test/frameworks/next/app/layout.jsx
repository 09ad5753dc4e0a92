import Link from 'next/link'
import { Analytics } from './analytics'

export const metadata = { title: 'Shop', icons: { icon: 'data:,' } }

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>
        <Analytics />
        <Link href="/mug">Mug</Link> <Link href="/mug?size=l">Large</Link> <Link href="/account">Account</Link>
        {children}
      </body>
    </html>
  )
}
