<?php
/**
 * Plugin Name:       Footfall
 * Description:       Adds Footfall's script to every page and records WooCommerce orders.
 * Version:           1.0.0
 * Requires at least: 5.7
 * Requires PHP:      7.4
 * License:           MIT
 * Text Domain:       footfall
 *
 * @package Footfall
 */

namespace Footfall;

defined( 'ABSPATH' ) || exit;

/** The option with the settings, and their page. */
const OPTION = 'footfall';

/** The meta of an order that was recorded. */
const RECORDED = '_footfall_recorded';

/** Modules of the script, and what each records. */
const MODULES = array(
	'cart'   => 'What visitors add to and remove from WooCommerce carts.',
	'ga4'    => 'Google Analytics 4 events that another plugin pushes. Turn purchases off there, because this plugin records orders too.',
	'pages'  => 'Pages that were not found, searches, and submitted forms if selected below.',
	'tours'  => 'Onboarding tours built with common libraries.',
	'vitals' => 'Core Web Vitals.',
);

/**
 * The settings. `search`, the query parameter of searches, and `forms` are for the module pages.
 *
 * @return array{collector: string, site: string, modules: string[], search: string, forms: bool}
 */
function settings() {
	$defaults = array(
		'collector' => '',
		'site'      => (string) wp_parse_url( home_url(), PHP_URL_HOST ),
		'modules'   => array(),
		'search'    => 's',
		'forms'     => false,
	);
	return array_merge( $defaults, array_intersect_key( (array) get_option( OPTION, array() ), $defaults ) );
}

/** Prints the script tag. */
function print_tag() {
	$settings = settings();
	if ( '' === $settings['collector'] ) {
		return;
	}
	// If the script has another name, the setting contains it.
	$collector  = $settings['collector'];
	$attributes = array(
		'src'       => '.js' === substr( $collector, -3 ) ? $collector : $collector . '/s.js',
		'data-site' => $settings['site'],
		'defer'     => true,
	);
	if ( $settings['modules'] ) {
		$attributes['data-modules'] = implode( ' ', $settings['modules'] );
	}
	if ( in_array( 'pages', $settings['modules'], true ) ) {
		if ( '' !== $settings['search'] ) {
			$attributes['data-search-parameter'] = $settings['search'];
		}
		if ( $settings['forms'] ) {
			$attributes['data-forms'] = true;
		}
	}
	wp_print_script_tag( $attributes );
}

/**
 * The parameters of an order's `purchase` event, with amounts without tax.
 *
 * @param \WC_Order $order The order.
 * @return array<string, mixed>
 */
function purchase( $order ) {
	$items = array();
	foreach ( $order->get_items() as $item ) {
		$variation = (int) $item->get_variation_id();
		$items[]   = array(
			'item_id'   => $variation ? $variation : (int) $item->get_product_id(),
			'item_name' => $item->get_name(),
			'price'     => (float) $order->get_item_total( $item, false, false ),
			'quantity'  => (float) $item->get_quantity(),
		);
	}
	$tax      = (float) $order->get_total_tax();
	$shipping = (float) $order->get_shipping_total();
	$purchase = array(
		'transaction_id' => (string) $order->get_id(),
		'currency'       => $order->get_currency(),
		'value'          => round( (float) $order->get_total() - $tax - $shipping, 4 ),
		'tax'            => $tax,
		'shipping'       => $shipping,
		'items'          => $items,
	);
	$coupons  = $order->get_coupon_codes();
	return $coupons ? $purchase + array( 'coupon' => implode( ',', $coupons ) ) : $purchase;
}

/**
 * Records an order once, however often its thank-you page is shown.
 *
 * @param int $order_id The order of the thank-you page.
 */
function record_order( $order_id ) {
	$order = '' === settings()['collector'] ? false : wc_get_order( $order_id );
	if ( ! $order || $order->has_status( 'failed' ) || $order->get_meta( RECORDED ) ) {
		return;
	}
	$order->update_meta_data( RECORDED, gmdate( 'c' ) );
	$order->save();
	$json = wp_json_encode( purchase( $order ), JSON_HEX_TAG | JSON_HEX_AMP | JSON_HEX_APOS );
	wp_print_inline_script_tag(
		"window.footfall = window.footfall || function () { (footfall.q = footfall.q || []).push(arguments) };\nfootfall('purchase', $json);"
	);
}

/**
 * Checks the submitted settings. An invalid one keeps its old value.
 *
 * @param mixed $given The form's fields.
 * @return array{collector: string, site: string, modules: string[], search: string, forms: bool}
 */
function sanitize_settings( $given ) {
	$given    = (array) $given;
	$settings = settings();

	$collector = rtrim( trim( (string) ( $given['collector'] ?? '' ) ), '/' );
	$address   = esc_url_raw( $collector, array( 'https', 'http' ) );
	if ( $address === $collector && ( '' === $collector || wp_parse_url( $collector, PHP_URL_HOST ) ) ) {
		$settings['collector'] = $collector;
	} else {
		add_settings_error( OPTION, 'collector', __( 'The collector must be an address like https://stats.example.com.', 'footfall' ) );
	}

	$site = strtolower( trim( (string) ( $given['site'] ?? '' ) ) );
	if ( preg_match( '/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/D', $site ) ) {
		$settings['site'] = $site;
	} else {
		add_settings_error( OPTION, 'site', __( 'The site must be a domain like shop.example.', 'footfall' ) );
	}

	$search = trim( (string) ( $given['search'] ?? $settings['search'] ) );
	if ( preg_match( '/^[\w-]*$/D', $search ) ) {
		$settings['search'] = $search;
	} else {
		add_settings_error( OPTION, 'search', __( 'The search parameter must be a name like s.', 'footfall' ) );
	}

	$settings['forms']   = ! empty( $given['forms'] );
	$settings['modules'] = array_values( array_intersect( array_keys( MODULES ), array_filter( (array) ( $given['modules'] ?? array() ), 'is_string' ) ) );
	return $settings;
}

/**
 * Prints a row of the settings page with a text field.
 *
 * @param string $name  The setting.
 * @param string $label Its label.
 * @param string $type  The type of the field.
 */
function print_field( $name, $label, $type ) {
	printf(
		'<tr><th scope="row"><label for="footfall-%1$s">%2$s</label></th><td><input class="regular-text" type="%3$s" id="footfall-%1$s" name="%4$s[%1$s]" value="%5$s"></td></tr>',
		esc_attr( $name ),
		esc_html( $label ),
		esc_attr( $type ),
		esc_attr( OPTION ),
		esc_attr( settings()[ $name ] )
	);
}

/** Prints the settings page. WordPress checks its nonce and the sender's permission in options.php. */
function print_settings_page() {
	if ( ! current_user_can( 'manage_options' ) ) {
		return;
	}
	echo '<div class="wrap"><h1>Footfall</h1><form action="options.php" method="post">';
	settings_fields( OPTION );
	echo '<table class="form-table" role="presentation">';
	print_field( 'collector', __( 'Collector address', 'footfall' ), 'url' );
	print_field( 'site', __( 'Site, as added to Footfall', 'footfall' ), 'text' );
	printf( '<tr><th scope="row">%s</th><td><fieldset>', esc_html__( 'Modules', 'footfall' ) );
	foreach ( MODULES as $name => $does ) {
		printf(
			'<label><input type="checkbox" name="%1$s[modules][]" value="%2$s"%3$s> %2$s: %4$s</label><br>',
			esc_attr( OPTION ),
			esc_attr( $name ),
			checked( in_array( $name, settings()['modules'], true ), true, false ),
			esc_html( $does )
		);
	}
	echo '</fieldset></td></tr>';
	print_field( 'search', __( 'Query parameter of searches, for the module pages', 'footfall' ), 'text' );
	printf(
		'<tr><th scope="row">%1$s</th><td><label><input type="checkbox" name="%2$s[forms]" value="1"%3$s> %4$s</label></td></tr></table>',
		esc_html__( 'Forms', 'footfall' ),
		esc_attr( OPTION ),
		checked( (bool) settings()['forms'], true, false ),
		esc_html__( 'Record submitted forms, with the module pages.', 'footfall' )
	);
	submit_button();
	echo '</form></div>';
}

/** Adds the settings page to the menu "Settings". */
function add_settings_page() {
	add_options_page( 'Footfall', 'Footfall', 'manage_options', OPTION, __NAMESPACE__ . '\print_settings_page' );
}

/** Lets WordPress store the settings. */
function register_settings() {
	register_setting( OPTION, OPTION, array( 'sanitize_callback' => __NAMESPACE__ . '\sanitize_settings' ) );
}

/** Tells WooCommerce that the plugin reads orders through its functions, wherever they are stored. */
function declare_compatibility() {
	if ( class_exists( '\Automattic\WooCommerce\Utilities\FeaturesUtil' ) ) {
		\Automattic\WooCommerce\Utilities\FeaturesUtil::declare_compatibility( 'custom_order_tables', __FILE__, true );
	}
}

/** Deletes the settings with the plugin. The meta of orders stays, so that none is recorded twice after a reinstall. */
function uninstall() {
	delete_option( OPTION );
}

add_action( 'wp_head', __NAMESPACE__ . '\print_tag' );
add_action( 'woocommerce_thankyou', __NAMESPACE__ . '\record_order' );
add_action( 'before_woocommerce_init', __NAMESPACE__ . '\declare_compatibility' );
add_action( 'admin_menu', __NAMESPACE__ . '\add_settings_page' );
add_action( 'admin_init', __NAMESPACE__ . '\register_settings' );
register_uninstall_hook( __FILE__, __NAMESPACE__ . '\uninstall' );
