using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Benefits;
using Club.Care;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Webhooks;

namespace Club;

/// <summary>Compile-time serializers of everything that is stored.</summary>
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(Entry))]
[JsonSerializable(typeof(MemberEvent))]
[JsonSerializable(typeof(MessageKey))]
[JsonSerializable(typeof(Reversed))]
[JsonSerializable(typeof(BudgetState))]
[JsonSerializable(typeof(Reservation))]
[JsonSerializable(typeof(Rejection))]
[JsonSerializable(typeof(BenefitState))]
[JsonSerializable(typeof(BenefitUse))]
[JsonSerializable(typeof(Claim))]
[JsonSerializable(typeof(Profile))]
[JsonSerializable(typeof(Parked))]
[JsonSerializable(typeof(Delivered))]
[JsonSerializable(typeof(SmsRecord))]
[JsonSerializable(typeof(ProgrammeCatalogue))]
[JsonSerializable(typeof(StoredProgramme))]
[JsonSerializable(typeof(ProgrammeDraft))]
[JsonSerializable(typeof(PublicationRecord))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class ClubDocuments : JsonSerializerContext
{
    [ThreadStatic] private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? _scratch;

    public static ClubDocuments Shared => Default;

    /// <summary>By the generated writer, which the options' encoder would switch off: Chinese stays readable in the store.</summary>
    public static byte[] ToUtf8<T>(T value, JsonTypeInfo<T> type)
    {
        var (buffer, writer) = _scratch ??= NewScratch();
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        type.SerializeHandler!(writer, value);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static (ArrayBufferWriter<byte>, Utf8JsonWriter) NewScratch()
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        return (buffer, new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = ClubJson.Options.Encoder, SkipValidation = true }));
    }
}
