/** What third parties ship: packed as plug-in jars by {@link dev.haft.runtime.PlugInJar}, by nothing but the JDK. */
package dev.haft.runtime.thirdparty;
