// SPDX-License-Identifier: Apache-2.0
package org.ofp.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The build files of the repository's modules, read as XML. */
class PublishedModulesTest {
  private static final Path ROOT = Path.of("..");

  @Test
  void theBomListsEveryPublishedModule() throws Exception {
    Set<String> listed = new TreeSet<>();
    for (Element dependency : children(pom("bom"), "dependencyManagement", "dependencies")) {
      assertEquals("org.ofp", text(dependency, "groupId"));
      assertEquals("${project.version}", text(dependency, "version"));
      listed.add(text(dependency, "artifactId"));
    }
    Set<String> published = new TreeSet<>();
    Set<String> unpublished = Set.of("bom", "benchmarks");
    for (String module : modules()) {
      if (!module.startsWith("examples/") && !unpublished.contains(module)) {
        published.add(module);
      }
    }
    assertEquals(published, listed);
  }

  @Test
  void theBomHasTheVersionsOfTheRoot() throws Exception {
    Element root = pom("");
    Element bom = pom("bom");
    assertEquals(text(root, "groupId"), text(bom, "groupId"));
    assertEquals(text(root, "version"), text(bom, "version"));
    Element versions = child(root, "properties");
    List<Element> plugins = new ArrayList<>(children(bom, "build", "pluginManagement", "plugins"));
    plugins.addAll(children(bom, "build", "plugins"));
    for (Element plugin : plugins) {
      String name = text(plugin, "artifactId");
      assertEquals(text(versions, name + ".version"), text(plugin, "version"), name);
    }
  }

  /** The root's jar plugin writes the property into the manifest. */
  @Test
  void everyJarHasAnAutomaticModuleNameOfItsOwn() throws Exception {
    Set<String> names = new HashSet<>();
    for (String module : modules()) {
      Element pom = pom(module);
      if (!text(pom, "packaging").equals("pom")) {
        String name = text(child(pom, "properties"), "ofp.module");
        assertTrue(name.matches("(org\\.ofp|com\\.example)(\\.[a-z]+)+"), module + ": " + name);
        assertTrue(names.add(name), () -> "two modules are called " + name);
      }
    }
  }

  private static List<String> modules() throws Exception {
    List<String> modules =
        children(pom(""), "modules").stream().map(Element::getTextContent).toList();
    assertTrue(modules.contains("device-api") && modules.contains("bom"), modules.toString());
    return modules;
  }

  private static Element pom(String module)
      throws ParserConfigurationException, IOException, SAXException {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(ROOT.resolve(module).resolve("pom.xml").toFile())
        .getDocumentElement();
  }

  /** The elements within the element at the end of a path of names. */
  private static List<Element> children(Element parent, String... path) {
    Element at = parent;
    for (String name : path) {
      at = child(at, name);
    }
    return elements(at).toList();
  }

  private static Element child(Element parent, String name) {
    return elements(parent).filter(e -> e.getTagName().equals(name)).findFirst().orElseThrow();
  }

  private static String text(Element parent, String name) {
    return elements(parent)
        .filter(e -> e.getTagName().equals(name))
        .findFirst()
        .map(Element::getTextContent)
        .orElse("");
  }

  private static Stream<Element> elements(Element parent) {
    NodeList nodes = parent.getChildNodes();
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(node -> node.getNodeType() == Node.ELEMENT_NODE)
        .map(Element.class::cast);
  }
}
