/**
 * The bundles in a framework: {@link dev.haft.itests.osgi.ResolvesAloneIT} starts one for each bundle, the tests on
 * {@link dev.haft.itests.osgi.InFelix} run as a bundle among all others.
 */
package dev.haft.itests.osgi;
