package main

import (
	"debug/buildinfo"
	"os"
	"path/filepath"
	"time"

	"github.com/CycloneDX/cyclonedx-go"
)

// bill writes the bill of materials of a built program: the modules that Go's linker noted in it, as CycloneDX. It
// gives the path.
func (r release) bill(p platform, built string) (string, error) {
	info, err := buildinfo.ReadFile(built)
	if err != nil {
		return "", err
	}
	bom := cyclonedx.NewBOM()
	bom.Metadata = &cyclonedx.Metadata{Timestamp: r.date.Format(time.RFC3339), Component: &cyclonedx.Component{
		Type: cyclonedx.ComponentTypeApplication, Name: info.Main.Path, Version: r.version, BOMRef: info.Main.Path}}
	parts := []cyclonedx.Component{{Type: cyclonedx.ComponentTypeLibrary, BOMRef: "std", Name: "std",
		Version:    info.GoVersion,
		PackageURL: "pkg:golang/std@" + info.GoVersion}}
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		url := "pkg:golang/" + m.Path + "@" + m.Version
		parts = append(parts, cyclonedx.Component{Type: cyclonedx.ComponentTypeLibrary, BOMRef: url, Name: m.Path,
			Version: m.Version, PackageURL: url})
	}
	bom.Components = &parts
	path := filepath.Join(r.out, r.name(p)+".cdx.json")
	file, err := os.Create(path)
	if err != nil {
		return "", err
	}
	if err := cyclonedx.NewBOMEncoder(file, cyclonedx.BOMFileFormatJSON).SetPretty(true).Encode(bom); err != nil {
		_ = file.Close()
		return "", err
	}
	return path, file.Close()
}
