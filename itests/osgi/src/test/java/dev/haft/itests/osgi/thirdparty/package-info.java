/** What third parties ship: packed as bundles by {@link dev.haft.itests.osgi.ThirdParty}, by nothing but the JDK. */
package dev.haft.itests.osgi.thirdparty;
