// SPDX-License-Identifier: Apache-2.0
/** Tests of the example as its users meet it: the jar and the guide. Not for copying. */
package com.example.user;
