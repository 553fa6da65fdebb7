import java.nio.charset.StandardCharsets;
import java.io.File;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.apache.poi.Version;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.CellValue;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.FormulaEvaluator;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.usermodel.WorkbookFactory;

/**
 * Reads the workbook of a folder with Apache POI: Tables.java READER FORMAT FOLDER HEADER
 *
 * Prints JSON: {version, tables: {sheet: {columns, rows}}, formulas, differences}. Every formula is evaluated by POI: differences are the cells
 * whose value is not the one that stands in the file.
 */
public class Tables {
    public static void main(String[] arguments) throws Exception {
        int header = Integer.parseInt(arguments[3]);
        File workbook = new File(arguments[2]).listFiles((folder, name) -> name.endsWith("." + arguments[1]))[0];
        StringJoiner tables = new StringJoiner(",", "{", "}");
        StringJoiner differences = new StringJoiner(",", "[", "]");
        int formulas = 0;
        try (Workbook book = WorkbookFactory.create(workbook, null, true)) {
            FormulaEvaluator evaluator = book.getCreationHelper().createFormulaEvaluator();
            for (Sheet sheet : book) {
                StringJoiner rows = new StringJoiner(",", "[", "]");
                int width = sheet.getRow(header - 1) == null ? 0 : sheet.getRow(header - 1).getLastCellNum();
                for (int i = header; i <= sheet.getLastRowNum(); i++) {
                    rows.add(row(sheet.getRow(i), width));
                }
                for (Row row : sheet) {
                    for (Cell cell : row) {
                        if (cell.getCellType() == CellType.FORMULA) {
                            formulas++;
                            String difference = difference(cell, evaluator.evaluate(cell));
                            if (difference != null) {
                                differences.add(quoted(difference));
                            }
                        }
                    }
                }
                tables.add(quoted(sheet.getSheetName()) + ":{\"columns\":" + row(sheet.getRow(header - 1), width) + ",\"rows\":" + rows + "}");
            }
        }
        new PrintStream(System.out, true, StandardCharsets.UTF_8).print("{\"version\":" + quoted(Version.getVersion()) + ",\"formulas\":" + formulas
            + ",\"differences\":" + differences + ",\"tables\":" + tables + "}");
    }

    private static String row(Row row, int width) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            cells.add(row == null || row.getCell(i) == null ? "null" : plain(row.getCell(i)));
        }
        return "[" + String.join(",", cells) + "]";
    }

    private static String plain(Cell cell) {
        CellType type = cell.getCellType() == CellType.FORMULA ? cell.getCachedFormulaResultType() : cell.getCellType();
        return switch (type) {
            case BLANK -> "null";
            case BOOLEAN -> String.valueOf(cell.getBooleanCellValue());
            case NUMERIC -> DateUtil.isCellDateFormatted(cell)
                ? quoted(cell.getLocalDateTimeCellValue().toLocalDate().toString()) : String.valueOf(cell.getNumericCellValue());
            case STRING -> quoted(cell.getStringCellValue());
            default -> quoted("a cell of the type " + type);
        };
    }

    private static String difference(Cell cell, CellValue value) {
        boolean same = switch (value.getCellType()) {
            case NUMERIC -> Math.abs(value.getNumberValue() - cell.getNumericCellValue()) <= 1e-9 * Math.max(1, Math.abs(cell.getNumericCellValue()));
            case STRING -> value.getStringValue().equals(cell.getStringCellValue());
            case BOOLEAN -> value.getBooleanValue() == cell.getBooleanCellValue();
            default -> false;
        };
        return same ? null : cell.getSheet().getSheetName() + "!" + cell.getAddress() + ": " + cell.getCellFormula() + " gives " + value.formatAsString();
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\' || c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
