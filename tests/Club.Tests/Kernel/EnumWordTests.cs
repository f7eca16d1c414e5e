using System.Text.Json;
using System.Text.Json.Serialization;
using Club.Kernel;
using Xunit;

namespace Club.Tests.Kernel;

public sealed class EnumWordTests
{
    public static TheoryData<Type> Own => [.. typeof(ClubServices).Assembly.GetTypes()
        .Where(type => type.IsEnum && type.IsDefined(typeof(JsonConverterAttribute), false))];

    /// <summary>The description has these words, and documents do.</summary>
    [Theory, MemberData(nameof(Own))]
    public void An_enum_is_answered_in_the_words_that_it_says_itself(Type type)
    {
        foreach (var value in Enum.GetValues(type))
            Assert.Equal(JsonSerializer.Serialize(value, type), JsonSerializer.Serialize(value, type, ClubJson.Answers));
    }
}
