using System.Text;
using Microsoft.Azure.Cosmos;
using Microsoft.Azure.Cosmos.Serialization.HybridRow;
using Microsoft.Azure.Cosmos.Serialization.HybridRow.IO;
using Microsoft.Azure.Cosmos.Serialization.HybridRow.Layouts;
using Microsoft.Azure.Cosmos.Serialization.HybridRow.RecordIO;
using Microsoft.Azure.Cosmos.Serialization.HybridRow.Schemas;

namespace Club.Tests.Cosmos;

/// <summary>Transactional batches as they travel: HybridRow records of the schema that the client carries with it.</summary>
internal static class BatchCodec
{
    private static readonly Namespace Schemas = Namespace.Parse(Embedded());
    private static readonly LayoutResolverNamespace Layouts = new(Schemas);
    private static readonly Layout ResultLayout = Layouts.Resolve(Schemas.Schemas.Single(schema => schema.Name == "BatchResult").SchemaId);

    public static async Task<IReadOnlyList<BatchOperation>> Read(Stream body)
    {
        var operations = new List<BatchOperation>();
        var result = await body.ReadRecordIOAsync(
            (ReadOnlyMemory<byte> record) =>
            {
                var operation = ReadOperation(record);
                if (operation is null) return Result.Failure;
                operations.Add(operation);
                return Result.Success;
            },
            null,
            new MemorySpanResizer<byte>((int)body.Length));
        return result == Result.Success ? operations : throw new FormatException($"The batch cannot be read: {result}.");
    }

    public static async Task<byte[]> Write(IReadOnlyList<BatchResult> results)
    {
        using var stream = new MemoryStream();
        var written = await stream.WriteRecordIOAsync(default, (long index, out ReadOnlyMemory<byte> buffer) =>
        {
            buffer = index < results.Count ? WriteResult(results[(int)index]) : default;
            return Result.Success;
        });
        return written == Result.Success ? stream.ToArray() : throw new FormatException($"The results cannot be written: {written}.");
    }

    private static BatchOperation? ReadOperation(ReadOnlyMemory<byte> record)
    {
        var row = new RowBuffer(record.Length);
        if (!row.ReadFrom(record.Span, HybridRowVersion.V1, Layouts)) return null;
        var reader = new RowReader(ref row);
        var operation = new BatchOperation();
        while (reader.Read())
        {
            var read = Result.Success;
            string text;
            switch (reader.Path.ToString())
            {
                case "operationType":
                    read = reader.ReadInt32(out var type);
                    operation = operation with { Kind = (BatchKind)type };
                    break;
                case "id":
                    read = reader.ReadString(out text);
                    operation = operation with { Id = text };
                    break;
                case "ifMatch":
                    read = reader.ReadString(out text);
                    operation = operation with { IfMatch = text };
                    break;
                case "resourceBody":
                    read = reader.ReadBinary(out byte[] bytes);
                    operation = operation with { Body = bytes };
                    break;
            }
            if (read != Result.Success) return null;
        }
        return operation;
    }

    private static ReadOnlyMemory<byte> WriteResult(BatchResult result)
    {
        var buffer = new MemorySpanResizer<byte>(256);
        var row = new RowBuffer(256, buffer);
        row.InitLayout(HybridRowVersion.V1, ResultLayout, Layouts);
        var written = RowWriter.WriteBuffer(ref row, result, WriteFields);
        return written == Result.Success ? buffer.Memory[..row.Length].ToArray()
            : throw new FormatException($"A result cannot be written: {written}.");
    }

    private static Result WriteFields(ref RowWriter writer, TypeArgument type, BatchResult result)
    {
        var written = writer.WriteInt32("statusCode", result.Status);
        if (written == Result.Success) written = writer.WriteInt32("subStatusCode", result.Substatus);
        if (written == Result.Success && result.ETag is not null) written = writer.WriteString("eTag", result.ETag);
        if (written == Result.Success && result.Message is not null)
            written = writer.WriteBinary("resourceBody", Encoding.UTF8.GetBytes(result.Message).AsSpan());
        if (written == Result.Success) written = writer.WriteFloat64("requestCharge", result.Charge);
        return written;
    }

    private static string Embedded()
    {
        var assembly = typeof(CosmosClient).Assembly;
        var name = assembly.GetManifestResourceNames()
            .Single(name => name.EndsWith("HybridRowBatchSchemas.json", StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}

/// <summary>The service's numbers of the operations that the club sends.</summary>
internal enum BatchKind
{
    Create = 0,
    Delete = 4,
    Replace = 5,
}

internal sealed record BatchOperation(BatchKind Kind = (BatchKind)(-1), string? Id = null, string? IfMatch = null,
    ReadOnlyMemory<byte> Body = default);

internal sealed record BatchResult(int Status, int Substatus = 0, string? ETag = null, string? Message = null, double Charge = 0);
