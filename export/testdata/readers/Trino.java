import com.fasterxml.jackson.databind.ObjectMapper;
import io.trino.memory.context.AggregatedMemoryContext;
import io.trino.parquet.AbstractParquetDataSource;
import io.trino.parquet.Column;
import io.trino.parquet.ParquetDataSourceId;
import io.trino.parquet.ParquetReaderOptions;
import io.trino.parquet.ParquetTypeUtils;
import io.trino.parquet.metadata.ParquetMetadata;
import io.trino.parquet.predicate.PredicateUtils;
import io.trino.parquet.reader.MetadataReader;
import io.trino.parquet.reader.ParquetReader;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.BigintType;
import io.trino.spi.type.BooleanType;
import io.trino.spi.type.DateType;
import io.trino.spi.type.DecimalType;
import io.trino.spi.type.IntegerType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarcharType;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.joda.time.DateTimeZone;

/**
 * Reads the Parquet files of a folder with Trino's own reader: Trino.java READER FORMAT FOLDER HEADER
 *
 * Prints JSON: {version, tables: {file: {columns, rows}}}. Days are in ISO 8601, decimals are texts, lists are lists.
 */
public class Trino {
    public static void main(String[] arguments) throws Exception {
        File[] files = new File(arguments[2], arguments[1]).listFiles((folder, name) -> name.endsWith(".parquet"));
        Arrays.sort(files);
        Map<String, Object> tables = new TreeMap<>();
        for (File file : files) {
            tables.put(file.getName().replace(".parquet", ""), table(file));
        }
        String archive = new File(ParquetReader.class.getProtectionDomain().getCodeSource().getLocation().getPath()).getName();
        String version = archive.replaceAll("\\D", "");
        new ObjectMapper().writeValue(System.out, Map.of("version", version, "tables", tables));
    }

    private static Map<String, Object> table(File file) throws IOException {
        ParquetReaderOptions options = ParquetReaderOptions.defaultOptions();
        try (Source source = new Source(file, options)) {
            ParquetMetadata footer = MetadataReader.readFooter(source, Optional.empty());
            MessageType schema = footer.getFileMetaData().getSchema();
            List<String> names = new ArrayList<>();
            List<Type> types = new ArrayList<>();
            List<Column> columns = new ArrayList<>();
            for (org.apache.parquet.schema.Type field : schema.getFields()) {
                names.add(field.getName());
                types.add(type(field));
                columns.add(new Column(field.getName(), ParquetTypeUtils.constructField(types.getLast(),
                    ParquetTypeUtils.getColumnIO(schema, schema).getChild(field.getName())).orElseThrow()));
            }
            List<List<Object>> rows = new ArrayList<>();
            try (ParquetReader reader = reader(source, footer, columns, options)) {
                for (SourcePage page = reader.nextPage(); page != null; page = reader.nextPage()) {
                    for (int row = 0; row < page.getPositionCount(); row++) {
                        List<Object> cells = new ArrayList<>();
                        for (int i = 0; i < types.size(); i++) {
                            cells.add(plain(types.get(i).getObjectValue(page.getBlock(i), row)));
                        }
                        rows.add(cells);
                    }
                }
            }
            return Map.of("columns", names, "rows", rows);
        }
    }

    private static ParquetReader reader(Source source, ParquetMetadata footer, List<Column> columns, ParquetReaderOptions options)
            throws IOException {
        MessageType schema = footer.getFileMetaData().getSchema();
        Map<List<String>, ColumnDescriptor> descriptors = ParquetTypeUtils.getDescriptors(schema, schema);
        TupleDomain<ColumnDescriptor> everything = TupleDomain.all();
        var predicate = PredicateUtils.buildPredicate(schema, everything, descriptors, DateTimeZone.UTC);
        var groups = PredicateUtils.getFilteredRowGroups(0, source.getEstimatedSize(), source, footer, List.of(everything), List.of(predicate),
            descriptors, DateTimeZone.UTC, 1000, options);
        return new ParquetReader(Optional.ofNullable(footer.getFileMetaData().getCreatedBy()), columns, false, groups, source, DateTimeZone.UTC,
            AggregatedMemoryContext.newSimpleAggregatedMemoryContext(), options, IllegalStateException::new, Optional.of(predicate),
            Optional.empty(), Optional.empty());
    }

    /** The type that Trino's Hive connector gives to a field: what the schema says, and no other. */
    private static Type type(org.apache.parquet.schema.Type field) {
        if (!field.isPrimitive()) {
            return new ArrayType(type(field.asGroupType().getType(0).asGroupType().getType(0)));
        }
        LogicalTypeAnnotation logical = field.getLogicalTypeAnnotation();
        return switch (logical) {
            case StringLogicalTypeAnnotation text -> VarcharType.VARCHAR;
            case DateLogicalTypeAnnotation day -> DateType.DATE;
            case DecimalLogicalTypeAnnotation decimal -> DecimalType.createDecimalType(decimal.getPrecision(), decimal.getScale());
            case null, default -> switch (field.asPrimitiveType().getPrimitiveTypeName()) {
                case BOOLEAN -> BooleanType.BOOLEAN;
                case INT32 -> IntegerType.INTEGER;
                case INT64 -> BigintType.BIGINT;
                default -> throw new IllegalArgumentException("no type for " + field);
            };
        };
    }

    private static Object plain(Object value) {
        return switch (value) {
            case null -> null;
            case Boolean truth -> truth;
            case Number number -> number;
            case List<?> members -> members.stream().map(Trino::plain).toList();
            default -> value.toString();
        };
    }

    /** A file on disk. */
    private static class Source extends AbstractParquetDataSource {
        private final RandomAccessFile file;

        Source(File name, ParquetReaderOptions options) throws IOException {
            super(new ParquetDataSourceId(name.getPath()), name.length(), options);
            file = new RandomAccessFile(name, "r");
        }

        @Override
        protected void readInternal(long position, byte[] buffer, int offset, int length) throws IOException {
            file.seek(position);
            file.readFully(buffer, offset, length);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
