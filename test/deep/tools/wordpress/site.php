<?php
/**
 * The functions of WordPress and WooCommerce that the plugin calls, as documented, and one step of the test.
 * Reads JSON from standard input: `option`, `order`, and `call`, the step to run with `argument`.
 * Prints as JSON what the plugin printed and stored.
 */

error_reporting( E_ALL );
set_error_handler(
	function ( $level, $message ) {
		throw new ErrorException( $message );
	}
);

define( 'ABSPATH', '/' );

$given  = json_decode( stream_get_contents( STDIN ), true );
$site   = (object) array(
	'option'   => $given['option'] ?? null,
	'hooks'    => array(),
	'errors'   => array(),
	'pages'    => array(),
	'settings' => array(),
	'order'    => isset( $given['order'] ) ? new WC_Order( $given['order'] ) : false,
	'can'      => $given['can'] ?? true,
);

class WC_Order_Item {
	private $fields;
	public function __construct( $fields ) {
		$this->fields = $fields;
	}
	public function get_name() {
		return $this->fields['name'];
	}
	public function get_product_id() {
		return $this->fields['product_id'];
	}
	public function get_variation_id() {
		return $this->fields['variation_id'] ?? 0;
	}
	public function get_quantity() {
		return $this->fields['quantity'];
	}
	/** After discounts, without tax. */
	public function get_total() {
		return $this->fields['total'];
	}
}

class WC_Order {
	public $fields;
	public $meta  = array();
	public $saved = array();
	public function __construct( $fields ) {
		$this->fields = $fields;
		$this->meta   = $fields['meta'] ?? array();
	}
	public function get_id() {
		return $this->fields['id'];
	}
	public function get_currency() {
		return $this->fields['currency'];
	}
	/** WooCommerce stores amounts as strings. */
	public function get_total() {
		return $this->fields['total'];
	}
	public function get_total_tax() {
		return $this->fields['total_tax'];
	}
	public function get_shipping_total() {
		return $this->fields['shipping_total'];
	}
	public function get_coupon_codes() {
		return $this->fields['coupons'] ?? array();
	}
	public function get_items() {
		return array_map(
			function ( $fields ) {
				return new WC_Order_Item( $fields );
			},
			$this->fields['items']
		);
	}
	public function get_item_total( $item, $with_tax, $rounded ) {
		if ( $with_tax || $rounded ) {
			throw new Exception( 'The plugin asks for prices without tax, not rounded.' );
		}
		return $item->get_total() / $item->get_quantity();
	}
	public function has_status( $status ) {
		return $status === $this->fields['status'];
	}
	public function get_meta( $key ) {
		return $this->meta[ $key ] ?? '';
	}
	public function update_meta_data( $key, $value ) {
		$this->meta[ $key ] = $value;
	}
	public function save() {
		$this->saved = $this->meta;
	}
}

function add_action( $hook, $callback ) {
	$GLOBALS['site']->hooks[ $hook ] = $callback;
}
function register_uninstall_hook( $file, $callback ) {
	$GLOBALS['site']->hooks['uninstall'] = $callback;
}
function get_option( $name, $default ) {
	return $GLOBALS['site']->option ?? $default;
}
function delete_option( $name ) {
	$GLOBALS['site']->option = null;
}
function home_url() {
	return 'https://shop.example/welcome';
}
function wp_parse_url( $url, $component ) {
	return parse_url( $url, $component );
}
function wc_get_order( $id ) {
	$order = $GLOBALS['site']->order;
	return $order && $order->get_id() === $id ? $order : false;
}
function wp_json_encode( $value, $flags ) {
	return json_encode( $value, $flags );
}
function esc_attr( $text ) {
	return htmlspecialchars( $text, ENT_QUOTES );
}
function esc_html( $text ) {
	return htmlspecialchars( $text, ENT_QUOTES );
}
function esc_html__( $text, $domain ) {
	return esc_html( $text );
}
function __( $text, $domain ) {
	return $text;
}
function esc_url_raw( $url, $protocols ) {
	$scheme = parse_url( $url, PHP_URL_SCHEME );
	return in_array( $scheme, $protocols, true ) ? preg_replace( '/[^a-z0-9-~+_.?#=!&;,\/:%@$|*\'()\[\]\x80-\xff]/i', '', $url ) : '';
}
/** WordPress escapes the attributes itself. */
function wp_print_script_tag( $attributes ) {
	echo '<script';
	foreach ( $attributes as $name => $value ) {
		echo true === $value ? " $name" : " $name=\"" . esc_attr( $value ) . '"';
	}
	echo "></script>\n";
}
function wp_print_inline_script_tag( $code ) {
	echo "<script>\n$code\n</script>\n";
}
function add_settings_error( $setting, $code, $message ) {
	$GLOBALS['site']->errors[] = $message;
}
function current_user_can( $capability ) {
	return 'manage_options' === $capability && $GLOBALS['site']->can;
}
function settings_fields( $group ) {
	echo '<input type="hidden" name="_wpnonce" value="nonce of ' . esc_attr( $group ) . '-options">';
}
function checked( $checked, $current, $display ) {
	return $checked === $current ? " checked='checked'" : '';
}
function submit_button() {
	echo '<input type="submit">';
}
function add_options_page( $title, $menu, $capability, $slug, $callback ) {
	$GLOBALS['site']->pages[ $slug ] = array( $capability, $callback );
}
function register_setting( $group, $name, $arguments ) {
	$GLOBALS['site']->settings[ "$group/$name" ] = $arguments['sanitize_callback'];
}

require $argv[1];

ob_start();
$hooks = $site->hooks;
switch ( $given['call'] ) {
	case 'head':
		$hooks['wp_head']();
		break;
	case 'thanks':
		// The page of an order is shown twice.
		$hooks['woocommerce_thankyou']( $given['argument'] );
		$hooks['woocommerce_thankyou']( $given['argument'] );
		break;
	case 'page':
		$hooks['admin_menu']();
		list( $capability, $print ) = $site->pages['footfall'];
		echo $capability;
		$print();
		break;
	case 'save':
		$hooks['admin_init']();
		$site->option = $site->settings['footfall/footfall']( $given['argument'] );
		break;
	case 'uninstall':
		$hooks['uninstall']();
		break;
}
$printed = ob_get_clean();
echo json_encode(
	array(
		'printed' => $printed,
		'option'  => $site->option,
		'errors'  => $site->errors,
		'saved'   => $site->order ? $site->order->saved : array(),
	)
);
