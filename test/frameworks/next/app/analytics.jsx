'use client'

import { init, track } from '@footfall/tracker'
import { useEffect } from 'react'

export const Analytics = () => {
  useEffect(() => init({ src: '/s.js', site: 'localhost', debug: true }), [])
  return (
    <button type="button" onClick={() => track('add_to_cart', { value: 20 })}>
      Add
    </button>
  )
}
