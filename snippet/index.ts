import './guides'
import './clicks'
import './start'
