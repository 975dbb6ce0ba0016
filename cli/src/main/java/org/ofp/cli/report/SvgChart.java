// SPDX-License-Identifier: Apache-2.0
package org.ofp.cli.report;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.knowm.xchart.internal.chartpart.Chart;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Draws charts as SVG elements to stand in an HTML page. */
final class SvgChart {
  private static final String SVG = "http://www.w3.org/2000/svg";

  private SvgChart() {}

  /**
   * Draws a chart, which scales with the element around it.
   *
   * @param id unlike those of the page's other charts
   * @param title what it shows, for those who do not see it
   */
  static String of(Chart<?, ?> chart, String id, String title) {
    Document document = document();
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
    context.setComment(null);
    context.setIDGenerator(
        new SVGIDGenerator() {
          @Override
          public String generateID(String prefix) {
            return super.generateID(id + "-" + prefix);
          }
        });
    SVGGraphics2D graphics = new SVGGraphics2D(context, false);
    chart.paint(graphics, chart.getWidth(), chart.getHeight());
    Element root = graphics.getRoot();
    root.setAttribute("viewBox", "0 0 " + chart.getWidth() + " " + chart.getHeight());
    root.setAttribute("role", "img");
    root.setAttribute("aria-label", title);
    Element name = document.createElementNS(SVG, "title");
    name.setTextContent(title);
    root.insertBefore(name, root.getFirstChild());
    StringWriter text = new StringWriter();
    try {
      graphics.stream(root, text, false, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Without the XML declaration and document type, which have no place within a page.
    String svg = text.toString();
    return svg.substring(svg.indexOf("<svg"));
  }

  private static Document document() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(SVG, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("every Java has an XML parser", e);
    }
  }
}
