using Club.Programmes;
using Xunit;

namespace Club.Tests.Programmes;

public sealed class ProgrammeLoaderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("club-programme-");

    [Theory]
    [InlineData("skda",
        "There is no programme \"skda\"; did you mean \"skoda\"? There are: byd, foton, miles, skoda, tesco; or give the path of a JSON file.")]
    [InlineData("mini", "There is no programme \"mini\". There are: byd, foton, miles, skoda, tesco; or give the path of a JSON file.")]
    [InlineData("programme.schema",
        "There is no programme \"programme.schema\". There are: byd, foton, miles, skoda, tesco; or give the path of a JSON file.")]
    public void An_unknown_name_is_answered_with_the_names_there_are(string name, string message) =>
        Assert.Equal(message, Assert.Throws<ProgrammeException>(() => ProgrammeLoader.Load(name)).Message);

    [Fact]
    public void A_missing_file_is_named()
    {
        var file = Path.Combine(_folder.FullName, "own.json");
        Assert.Equal($"There is no programme file \"{file}\".",
            Assert.Throws<ProgrammeException>(() => ProgrammeLoader.Load(file)).Message);
    }

    [Fact]
    public void A_file_of_ones_own_is_read()
    {
        var file = Path.Combine(_folder.FullName, "own.json");
        File.WriteAllText(file, Book.File().ToJsonString());
        Assert.Equal("test", ProgrammeLoader.Load(file).Id);
    }

    [Fact]
    public void The_errors_of_a_file_are_told_with_its_name()
    {
        var file = Path.Combine(_folder.FullName, "own.json");
        File.WriteAllText(file, """{"id":"own"}""");

        var exception = Assert.Throws<ProgrammeException>(() => ProgrammeLoader.Load(file));

        Assert.StartsWith($"The programme file \"{file}\" has 7 errors:\n$.name: is missing.\n", exception.Message,
            StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
