// SPDX-License-Identifier: Apache-2.0
package org.ofp.tck;

/** {@code mvn test -pl device-tck -Dtest=UriTckTest -Dofp.tck.uri=sim:demonstrator}. */
class UriTckTest extends UriTck {}
